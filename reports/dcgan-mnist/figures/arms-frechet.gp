# Run: gnuplot -d arms-frechet.gp
set terminal svg size 648,192 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'arms-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet (lower is better)' at screen 0.018519, screen 0.90625 left font ',14' noenhanced
set grid x lc rgb '#e4e4e4' lt 1
set bars 0.4
set yrange [4.5:0.5]
unset logscale x
set xrange [27.014:39.085]
set xtics ('30' 30, '35' 35)
set lmargin at screen 0.11333
set rmargin at screen 0.97753
set tmargin at screen 0.6875
set bmargin at screen 0.25
set title 'All arms' font ',12' offset 0,-0.7 noenhanced
set ytics ('paper' 1, 'spectral' 2, 'smoothing' 3, 'average' 4) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 0 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 1 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 2 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 3 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset label
unset arrow
unset multiplot
set output
